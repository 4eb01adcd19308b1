-- Which moves does the what-if make? The portfolio fills the table before the facts are moved.

create table what_if_move (place integer, move varchar, person_id varchar, account_id varchar, side varchar);
