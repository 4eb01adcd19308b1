-- The sales people who manage accounts.
select
    manager_id as person_id, manager_name as name, 'sales' as function,
    (select boss.manager_id from read_csv('managers.csv') boss where boss.manager_name = m.reports_to) as line_manager_id
from read_csv('managers.csv') m
