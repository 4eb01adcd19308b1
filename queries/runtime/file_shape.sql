select lower(c.table_name), lower(c.column_name), c.data_type,
    t.table_oid is null as is_view, coalesce(c.is_generated, false) as is_computed
from duckdb_columns() c left join duckdb_tables() t using (database_name, schema_name, table_name)
where c.database_name = ? and c.schema_name = 'main'
order by c.table_oid, c.column_index;
