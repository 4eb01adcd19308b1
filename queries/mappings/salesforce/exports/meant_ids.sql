-- Which other spellings of an id of the CRM mean it: its 15 letters, and the customer's number where just one has it?

create macro bare_number(id) as coalesce(nullif(ltrim(trim(id), '0'), ''), '0');

create table staged.meant_id as
select 'account' as owner, crm_id(account_id) as written, account_id as id from account
union all select 'person', crm_id(person_id), person_id from person
union all select 'stakeholder', crm_id(stakeholder_id), stakeholder_id from stakeholder
union all select 'plan', crm_id(plan_id), plan_id from plan
union all select 'objective', crm_id(objective_id), objective_id from objective
union all select 'account', bare_number(external_id), any_value(account_id)
    from account where external_id is not null group by bare_number(external_id) having count(*) = 1;

-- every column that names a record; those of plain files are brought to the ids of the CRM
create table staged.naming_column as
from (values
    ('assessment', 'account_id', 'account'), ('assessment', 'assessor_id', 'person'),
    ('financial_period', 'account_id', 'account'), ('programme', 'account_id', 'account'),
    ('sponsorship', 'account_id', 'account'), ('sponsorship', 'person_id', 'person'),
    ('sponsorship', 'counterpart_id', 'stakeholder'), ('activity', 'account_id', 'account'),
    ('activity', 'person_id', 'person'), ('activity', 'stakeholder_id', 'stakeholder'),
    ('stakeholder', 'account_id', 'account'), ('account', 'manager_id', 'person'), ('account', 'parent_id', 'account'),
    ('plan', 'account_id', 'account'), ('plan', 'owner_id', 'person'), ('objective', 'plan_id', 'plan'),
    ('objective', 'owner_id', 'person'), ('action', 'objective_id', 'objective'), ('action', 'owner_id', 'person'),
    ('plan_review', 'plan_id', 'plan'), ('plan_review', 'chaired_by', 'person'))
    as named (table_name, column_name, owner);
