-- Who met whom at each account, on which side, and did it count as sponsorship?

select
    v.account_id, v.occurred_on, v.side, v.kind, p.name as who, h.name as contact,
    case when v.touch is not true then 'no touch' when g.person_id is not null then 'sponsor'
        when exists (from sponsorship s where s.account_id = v.account_id and s.side = v.side
            and s.person_id = v.person_id
            and s.start_on <= v.occurred_on and (s.end_on is null or s.end_on > v.occurred_on)) then 'former sponsor'
        when v.person_id = a.manager_id then 'manager' else 'ad hoc' end as counts_as,
    v.note, v.label as label, v.activity_id
from done_activity v
join listed_selection using (account_id)
join account a using (account_id)
left join person p on p.person_id = v.person_id
left join stakeholder h on h.stakeholder_id = v.stakeholder_id
left join assigned g on g.account_id = v.account_id and g.side = v.side and g.person_id = v.person_id
order by v.account_id, v.occurred_on desc, v.activity_id;
