-- Who are the people at our key accounts? Their contacts, and the company's own stakeholder.csv, whose cells go first.
-- No address, phone or mail is read: personal data stay minimal.
with contacts as (
    select Id as stakeholder_id, AccountId as account_id,
        coalesce(Name, concat_ws(' ', FirstName, LastName)) as name, coalesce(Title, Department, 'n/a') as role,
        Level__c as level, Active__c as active, Stance__c as stance, ReportsToId as reports_to,
        Advisory_Board__c as advisory_board
    from salesforce.contact
    where not is_yes(IsDeleted) and AccountId in (from known_account))
select
    coalesce(c.stakeholder_id, o.stakeholder_id) as stakeholder_id,
    coalesce(o.account_id, c.account_id) as account_id, coalesce(o.name, c.name) as name,
    coalesce(o.role, c.role) as role, coalesce(o.level, c.level) as level, coalesce(o.active, c.active) as active,
    coalesce(o.stance, c.stance) as stance, coalesce(o.reports_to, c.reports_to) as reports_to,
    coalesce(o.advisory_board, c.advisory_board) as advisory_board, o.external_id as external_id
from contacts as c full join own.stakeholder as o on o.stakeholder_id = c.stakeholder_id
