-- Which decisions are asked for: the asks of the heaviest accounts, then the first lines of the proposal?

-- three asks stand before what is proposed; what is left of five places goes to the asks after them
with asked as (
    select k.account_id, first(k.ask order by k.place) as ask, first(k.because order by k.place) as because,
        first(k.amount order by k.place) as amount
    from account_ask k where k.ask is not null group by k.account_id),
asks as (
    select q.*, row_number() over (order by n.weight desc, f.revenue desc nulls last, q.account_id) as place
    from asked q join programme_selection using (account_id) join account_attention n using (account_id)
    join account_figures f using (account_id) where n.attention > 0),
proposed as (
    select g.account_id, case g.side when 'internal' then 'inside' else 'at customer' end as side,
        case g.status when 'stale' then 'silent' else 'open' end as status, g.suggested, g.suggested_because,
        f.revenue::double as amount, row_number() over (order by f.revenue desc nulls last, g.account_id) as place
    from proposal() g join programme_selection using (account_id) join account_figures f using (account_id)
    where g.suggested_id is not null
        and g.account_id not in (select a.account_id from asks a where a.place <= 3)
    qualify row_number() over (partition by g.account_id order by g.side desc) = 1),
together as (
    select account_id, ask, because, amount, case when place <= 3 then 1 else 3 end as part, place from asks
    where place <= 3 or account_id not in (select p.account_id from proposed p)
    union all
    select account_id, 'appoint ' || name_told(suggested) || ' ' || side,
        'the side ' || side || ' is ' || status || '; ' || suggested || ' ' || suggested_because, amount, 2, place
    from proposed)
select row_number() over (order by t.part, t.place) as number, name_told(a.name) || ': ' || t.ask as decision,
    t.account_id, t.because, t.amount::double as amount, a.name
from together t join account a using (account_id)
order by number
limit 5;
