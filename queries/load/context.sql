-- Which day and which currency do the checks go by? One row.

create view load_context as
select
    coalesce((select try_cast(value as date) from setting where key = 'as_of'), current_date) as as_of,
    coalesce(
        (select value from setting where key = 'currency'),
        (select min(currency) from financial_period having count(distinct currency) = 1)) as currency;
