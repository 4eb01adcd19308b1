-- Which decisions are asked for: the asks of the heaviest accounts, then the first lines of the proposal?
-- ahead: yes

-- the heaviest account's ask first; then two lines of the proposal for other accounts, each before an ask of the rest;
-- whichever way an account comes in, its ask is the one that stands everywhere
with asked as (
    select k.account_id, first(k.because order by k.place) as because,
        first(k.amount order by k.place) as amount, first(k.reason order by k.place) as reason
    from account_ask k where k.ask is not null group by k.account_id),
asks as (
    select q.*, row_number() over (order by n.weight desc, f.revenue desc nulls last, q.account_id) as nth
    from asked q join programme_selection using (account_id) join account_attention n using (account_id)
    join account_figures f using (account_id) where n.attention > 0),
-- both sides where both are gaps, though there is somebody for one of them only
sides as (
    select account_id, string_agg(side_text(side) || ' ' || status_text(status), ', ' order by side desc) as standing
    from sponsor_suggestion group by account_id),
gaps as (
    select g.account_id, s.standing || '; ' || g.suggested || ' ' || g.suggested_because as because, f.revenue
    from sponsor_suggestion g join sides s using (account_id) join programme_selection using (account_id)
    join account_figures f using (account_id)
    where g.suggested_id is not null and g.account_id not in (select a.account_id from asks a where a.nth = 1)
    qualify row_number() over (partition by g.account_id order by g.side desc) = 1),
proposed as (select *, row_number() over (order by revenue desc nulls last, account_id) as nth from gaps),
-- whom the proposal would appoint, and from when on they stand there as new
appointed as (
    select account_id, string_agg(suggested, '; ' order by side) as people,
        any_value(c.as_of + r.new_days) as covered_from
    from sponsor_suggestion cross join context c cross join rule r where suggested is not null group by account_id),
left_over as (
    select *, row_number() over (order by nth) as turn from asks
    where account_id not in (select p.account_id from proposed p where p.nth <= 2)),
together as (
    select account_id, because, amount, reason, case when turn <= 2 then 2 * turn - 1 else turn + 2 end as turn
    from left_over
    union all
    select account_id, because, revenue, 'proposal',
        case when nth <= 2 then 2 * nth else 1000000 + nth end
    from proposed where nth <= 2 or account_id not in (select l.account_id from left_over l))
select row_number() over (order by t.turn) as number, name_told(a.name) || ': ' || k.ask as decision,
    t.account_id, t.because, t.amount::double as amount, a.name, k.ask,
    t.reason, k.ask_short as short, coalesce(p.people, m.name) as who, p.covered_from
from together t join account a using (account_id) join first_ask k using (account_id)
left join person m on m.person_id = a.manager_id left join appointed p on p.account_id = t.account_id
order by number
limit 5;
