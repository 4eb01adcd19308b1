-- What did the reader choose? Three tables that the model reads and the portfolio fills.

create table choice (today date, as_of date, since varchar, basis varchar, time_window varchar);
create table selection (account_id varchar);

comment on table choice is 'one row: the options as given, null where the default holds';
comment on table selection is 'the accounts that the filter left; every sum, share and count runs over them';
