-- Which moves does the what-if make? The portfolio fills the table before the files after this one are run.

create table scenario (place integer, move varchar, person_id varchar, account_id varchar, side varchar);
