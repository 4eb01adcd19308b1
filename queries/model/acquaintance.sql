-- Whom does each account know? Told by the facts alone: a what-if leaves it as it is.

-- who met the account at any time, on whatever side
create table acquaintance as
select distinct account_id, person_id from done_activity where account_id is not null and person_id is not null;

-- the highest level among the active contacts of an account
create table top_contact as
select account_id, max(level) as level from stakeholder where active group by account_id;
