-- What did the reader choose? Tables that the model reads and the portfolio fills; `scenario` holds a what-if, move by move.

create table choice (today date, as_of date, since varchar, basis varchar, time_window varchar, rates varchar);
create table selection (account_id varchar);
create table exited_named (named boolean);     -- a row where the filter asks for accounts that left the programme
create table scenario (place integer, move varchar, person_id varchar, account_id varchar, side varchar);
