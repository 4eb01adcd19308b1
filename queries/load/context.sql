-- Which day and which currency do the checks go by? One row.

create view load_context as
select
    coalesce((select try_cast(value as date) from setting where key = 'as_of'), current_date) as as_of,
    coalesce(
        (select upper(trim(value)) from setting where key = 'currency'),
        (select min(upper(currency)) from financial_period having count(distinct upper(currency)) = 1)) as currency;

-- accounts booked in four-week periods, thirteen to a year, instead of months
create view four_week_account as
with following as (
    select account_id, scenario, source_row, day(period_start) <> 1 as inside,
        period_start - lag(period_start) over (partition by account_id, scenario order by period_start) as days
    from financial_period)
select account_id, min(source_row) as line
from following
group by account_id
having count(*) filter (days = 28 and inside) >= 2;
