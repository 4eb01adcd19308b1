-- How many people at the customer do we really know?

with met as (
    select account_id, string_agg(distinct concat_ws(', ', name, role), '; ') as contacts, max(occurred_on) as last_touch_on
    from contact_met group by account_id)
select
    t.account_id, a.name, t.contacts_touched, t.executives_touched, t.own_people, t.thread,
    case when t.contacts_touched = 1 then m.contacts end as only_contact, m.last_touch_on, f.revenue::double as revenue
from account_thread t
join listed_selection using (account_id)
join account a using (account_id)
join account_figures f using (account_id)
left join met m using (account_id)
order by t.contacts_touched, a.name, t.account_id;
