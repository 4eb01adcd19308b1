-- Who works for us? The users, and the company's own person.csv, whose cells go first.
with users as (
    select Id as person_id, coalesce(Name, concat_ws(' ', FirstName, LastName)) as name,
        Department as function, Level__c as level, IsActive as active, ManagerId as line_manager_id,
        Trained_On__c as trained_on, Variable_Profit_Share__c as variable_profit_share
    from salesforce.user)
select
    coalesce(u.person_id, o.person_id) as person_id, coalesce(o.name, u.name) as name,
    coalesce(o.function, u.function) as function, coalesce(o.level, u.level) as level,
    coalesce(o.active, u.active) as active,
    coalesce(o.line_manager_id, u.line_manager_id) as line_manager_id,
    coalesce(o.trained_on, u.trained_on) as trained_on,
    coalesce(o.variable_profit_share, u.variable_profit_share) as variable_profit_share
from users as u full join own.person as o on o.person_id = u.person_id
