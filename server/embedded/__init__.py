"""Real PostgreSQL, Valkey and Meilisearch from pinned packages, for development, the demo and the tests.

They listen on 127.0.0.1 only, need no root and no container, and keep their files in one state directory.
Production uses its own servers by DATABASE_URL, REDIS_URL and MEILI_URL.
"""
