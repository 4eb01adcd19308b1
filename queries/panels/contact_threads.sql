-- How many people at the customer do we really know?
-- grain: account

with met as (
    select account_id, string_agg(distinct concat_ws(', ', name, role), '; ') as contacts,
        max(occurred_on) as last_touch_on
    from contact_met group by account_id)
select
    t.account_id, a.name, of_programme(a.status, t.contacts_touched) as contacts_touched,
    of_programme(a.status, t.executives_touched) as executives_touched,
        of_programme(a.status, t.own_people) as own_people,
    of_programme(a.status, t.thread) as thread,
    of_programme(a.status, case when t.contacts_touched = 1 then m.contacts end) as only_contact,
    of_programme(a.status, m.last_touch_on) as last_touch_on, f.revenue::double as revenue
from account_thread t
join listed_selection using (account_id)
join account a using (account_id)
join account_figures f using (account_id)
left join met m using (account_id)
order by contacts_touched, a.name, t.account_id;
