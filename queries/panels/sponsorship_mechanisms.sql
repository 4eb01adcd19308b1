-- Which mechanisms of sponsorship did each account see in the last twelve months?
-- grain: account

with seen as (
    select v.account_id, list(distinct v.mechanism) as mechanisms
    from done_activity v cross join context c
    where v.occurred_on > months_later(c.as_of, -12) and v.account_id is not null group by v.account_id),
negotiated as (
    select account_id, bool_or(by_leader) as leader_present
    from negotiation_held() cross join context c where held_on > months_later(c.as_of, -12) group by account_id)
select
    a.account_id, a.name,
    of_programme(a.status, case when has_rows.sponsorship
        then exists (from assigned b where b.account_id = a.account_id
            and b.side = 'internal') end) as executive_sponsor,
    of_programme(a.status, case when has_rows.activity
        then coalesce(list_contains(s.mechanisms, 'investment_committee'), false) end) as investment_committee,
    of_programme(a.status, case when has_rows.activity
        then coalesce(list_contains(s.mechanisms, 'success_evidence'), false) end) as success_evidence,
    of_programme(a.status, case when has_rows.activity
        then coalesce(list_contains(s.mechanisms, 'recognition'), false) end) as recognition,
    of_programme(a.status, n.leader_present) as year_end_negotiation,
    of_programme(a.status, case when has_rows.activity
        then coalesce(list_contains(s.mechanisms, 'advisory_board'), false) end) as advisory_board,
    of_programme(a.status, h.planned_on) as negotiation_planned_on,
        of_programme(a.status, h.held_on) as negotiation_held_on,
    of_programme(a.status, h.exposed) as negotiation_exposed, f.revenue::double as revenue,
    of_programme(a.status, h.ahead) as negotiation_ahead
from account a
join listed_selection using (account_id)
join account_figures f using (account_id)
join negotiation_ahead h using (account_id)
cross join has_rows
left join seen s using (account_id)
left join negotiated n using (account_id)
order by a.name, a.account_id;
