-- Whom at the customer do we know?

-- with what its kind is called, and which mechanism of sponsorship it is
create table done_activity as
select v.*, coalesce(k.label, replace(v.kind, '_', ' ')) as label, coalesce(k.touch, false) as touch, k.mechanism
from activity v left join activity_kind k using (kind), context where v.status = 'done' and v.occurred_on <= as_of;

create macro thread_of(contacts, executives) as
    case when contacts <= (select thread_single from rule) then 'single'
        when contacts >= (select thread_broad from rule) and executives >= 1 then 'broad' else 'thin' end;

-- done activities with an active contact, recent enough to count
create view contact_met as
select v.account_id, v.stakeholder_id, v.person_id, v.occurred_on, h.name, h.role, h.level
from done_activity v
join stakeholder h on h.stakeholder_id = v.stakeholder_id and h.account_id = v.account_id and h.active
cross join context c cross join rule r
where c.as_of - v.occurred_on <= r.thread_days;

create table account_thread as
with counted as (
    select account_id, count(distinct stakeholder_id) as contacts_touched,
        count(distinct stakeholder_id) filter (level = 5) as executives_touched,
        count(distinct person_id) as own_people
    from contact_met group by account_id)
select
    a.account_id, coalesce(m.contacts_touched, 0) as contacts_touched,
    coalesce(m.executives_touched, 0) as executives_touched, coalesce(m.own_people, 0) as own_people,
    thread_of(coalesce(m.contacts_touched, 0), coalesce(m.executives_touched, 0)) as thread
from account a left join counted m using (account_id);
comment on table account_thread is 'customer contacts of each account touched within thread_days';

-- the year-end negotiations held, and whether a leader was there: level 5, or an assigned sponsor of the account;
-- never its own manager. Who backs both sides gives two rows. Unknown where the activities name people nobody knows.
create macro negotiation_held() as table
select v.account_id, v.occurred_on as held_on, case when (select touch from has_rows)
    then coalesce(v.person_id is distinct from a.manager_id and (p.level = 5 or g.person_id is not null),
        false) end as by_leader
from done_activity v
join account a using (account_id)
left join person p on p.person_id = v.person_id
left join assigned g on g.account_id = v.account_id and g.person_id = v.person_id
where v.mechanism = 'year_end_negotiation';
