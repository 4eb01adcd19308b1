-- Which day, currency and months do the checks go by, and which tables could not be read whole?

create table unread_table (table_name varchar);

create view load_context as
select
    coalesce((select try_cast(min(value) as date) from setting where key = 'as_of'), current_date) as as_of,
    coalesce(
        (select upper(trim(min(value))) from setting where key = 'currency'),
        (select min(upper(currency)) from financial_period having count(distinct upper(currency)) = 1)) as currency;

-- the file's first booked month and the last one that is full; no row where none is
create view load_months as
with booked as (
    select min(period_start) as first_month, max(period_start) as last_booked, any_value(as_of) as as_of
    from financial_period cross join load_context where scenario = 'actual'),
ended as (
    select first_month,
        least(last_booked, date_trunc('month', as_of + 1)::date - interval 1 month)::date as last_month
    from booked)
select first_month, last_month from ended where last_month >= first_month;

-- accounts booked in four-week periods, thirteen to a year, instead of months
create view four_week_account as
with suspect as (  -- most files have none: then nothing is sorted
    select distinct account_id from financial_period where day(period_start) <> 1),
following as (
    select f.account_id, f.scenario, f.source_row, day(f.period_start) <> 1 as inside,
        f.period_start - lag(f.period_start) over (
            partition by f.account_id, f.scenario order by f.period_start) as days
    from financial_period f join suspect s on f.account_id is not distinct from s.account_id)
select account_id, min(source_row) as line
from following
group by account_id
having count(*) filter (days = 28 and inside) >= 2;
