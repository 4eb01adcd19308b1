-- Which ids name a person or a contact, which of them are known, and which id may be meant by one that nobody has?

-- what two systems write differently is left out: case, signs between the letters and digits, zeros in front
create macro core_of(id) as ltrim(regexp_replace(lower(id), '[^\p{L}\p{N}]', '', 'g'), '0');

-- how a word reads as a name of the schema: "Year-End Negotiation" is year_end_negotiation
create macro word_of(value) as regexp_replace(lower(trim(value)), '[\s-]+', '_', 'g');

-- every cell that names somebody; `owner` is the table that should know the id
create view named_id as
select 'person' as owner, 'activity' as table_name, 'person_id' as column_name, source_row, person_id as id
from activity
union all select 'stakeholder', 'activity', 'stakeholder_id', source_row, stakeholder_id from activity
union all select 'person', 'plan', 'owner_id', source_row, owner_id from plan
union all select 'person', 'objective', 'owner_id', source_row, owner_id from objective
union all select 'person', 'action', 'owner_id', source_row, owner_id from action
union all select 'person', 'plan_review', 'chaired_by', source_row, chaired_by from plan_review
union all select 'person', 'assessment', 'assessor_id', source_row, assessor_id from assessment
union all select 'stakeholder', 'sponsorship', 'counterpart_id', source_row, counterpart_id from sponsorship
union all select 'person', 'person', 'line_manager_id', source_row, line_manager_id from person;

create view known_id as
select 'person' as owner, person_id as id from person
union all select 'stakeholder', stakeholder_id from stakeholder;
