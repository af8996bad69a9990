"""GraphQL operations of a Strawberry schema, specialised once and run many times."""

from compiled.executor import Answer, Executor, Operation

__all__ = ["Answer", "Executor", "Operation"]
