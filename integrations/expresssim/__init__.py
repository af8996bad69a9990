"""快递100 and 快递鸟 for tests and demos: their wire formats over real HTTP, and parcels that travel by themselves.

Served by the WeChat simulator's process, under a base URL of its own. Its keys are public; production refuses them.
"""
