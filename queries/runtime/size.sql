select coalesce(max(estimated_size), 0) from duckdb_tables() where schema_name = 'main';
