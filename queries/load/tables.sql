-- What does a kaptui file hold beside the facts?

create table source_file (        -- which file or sheet a table was read from, and its rows
    table_name varchar not null, path varchar not null, rows bigint not null);

-- one row: what wrote this file, when (UTC), and how often the file was written to till then: one that was written to
-- since is looked at again when it is opened
create table kaptui_meta (
    schema_version integer not null, kaptui_version varchar not null, loaded_at timestamp not null,
    checkpoint bigint);

create table history (            -- what earlier loads said, newest 100,000 changes; see history.sql
    loaded_at timestamp not null, table_name varchar not null, key varchar not null, field varchar not null,
    before varchar, after varchar);
