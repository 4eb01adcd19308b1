-- What do the exports of a draft say? Every different value of every column, in how many rows, and its first line.
create table draft_cell (export integer, place integer, cell varchar, rows bigint, line integer);
