"""GraphQL operations of a Strawberry schema, specialised once and run many times: see `executor` and `declared`."""

from compiled.executor import Answer, Executor, Operation

__all__ = ["Answer", "Executor", "Operation"]
