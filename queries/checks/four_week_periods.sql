-- Which accounts are booked in four-week periods instead of months?
select
    'error' as severity, 'financial_period' as table_name, line, 'period_start' as column_name, account_id as value,
    'is booked in periods of four weeks, 13 to a year; kaptui reckons in 12 calendar months' as problem,
    'sum the figures up by calendar month' as fix
from four_week_account
order by line;
