"""Thousands of random steps over the verbs of the domain on real PostgreSQL, beside a plain account of what is true.

`machine` has the rules, `truth` what should follow from them, `invariants` what must hold of all rows at any time,
`running` plans, runs and shrinks, `mutants` the seeded defects that a run must find. WeChat Pay is played inside the
process, behind the port of `domain.payments` (`wechat`): the simulator speaks HTTP and would make a step ten times as
slow; what is said over HTTP is tested in `tests/wechat`.
"""
