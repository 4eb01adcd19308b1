select table_name, estimated_size from duckdb_tables() where schema_name = 'main';
