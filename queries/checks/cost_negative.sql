-- Which costs are below zero?
with costs as (
    unpivot (select source_row, cogs, cost_to_serve from financial_period where cogs < 0 or cost_to_serve < 0)
    on cogs, cost_to_serve into name column_name value cost)
select
    'warning' as severity, 'financial_period' as table_name, source_row as line, column_name, cost::varchar as value,
    'is a negative cost' as problem, 'write costs as positive numbers, unless it is a correction' as fix
from costs
where cost < 0
order by line, column_name;
