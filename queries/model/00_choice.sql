-- What did the reader choose? Three tables that the model reads and the portfolio fills.

create table choice (today date, as_of date, since varchar, basis varchar, time_window varchar);
create table selection (account_id varchar);
