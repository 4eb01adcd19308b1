-- How was each account scored over time, by whom, and on which evidence?

select
    s.account_id, f.code, s.assessed_on, s.score, f.scale_max, index_of(s.score, f.scale_max) as index,
    p.name as assessor, s.evidence, s.note, f.name as factor
from assessment s
join listed_selection using (account_id)
join success_factor f using (factor_id)
cross join context c
left join person p on p.person_id = s.assessor_id
where s.assessed_on <= c.as_of
order by s.account_id, s.assessed_on desc, s.factor_id;
