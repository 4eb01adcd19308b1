-- What is one unit of each currency worth in each month? Currency codes compare in upper case.

-- a file may hold a code in two spellings: the first row of a month counts
create table month_rate as
select upper(currency) as currency, period_start, first(rate order by source_row) as rate, min(source_row) as source_row
from fx_rate group by all;
comment on table month_rate is 'what one unit of each currency is worth in each month; codes in upper case';
