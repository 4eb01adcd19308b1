-- What did the reader choose? Tables that the model reads and the portfolio fills; `what_if_move` holds a what-if, move
-- by move.

create table choice (today date, as_of date, since varchar, basis varchar, time_window varchar, rates varchar);
comment on table choice is 'one row: the options as given, null where the default holds';
create table selection (account_id varchar);
comment on table selection is 'the accounts that the filter left; every sum, share and count runs over them';
create table exited_named (named boolean);     -- a row where the filter asks for accounts that left the programme
comment on table exited_named is 'a row where the filter asks for accounts that left the programme';
create table what_if_move (place integer, move varchar, person_id varchar, account_id varchar, side varchar);
comment on table what_if_move is 'the moves of a what-if, one row each; empty outside of one';
