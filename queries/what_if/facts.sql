-- Which facts would hold after the moves of a what-if? These names hide the facts of the file; no file is changed.

create table person as
select p.* replace (p.active and not exists (from what_if_move x where x.move = 'leave'
    and x.person_id = p.person_id) as active)
from main.person p;

-- removed: ends at as-of; assigned: starts at as-of, with the cadence of the account's tier;
-- of several moves of one person on one side the last one decides whether he is assigned
create table sponsorship as
select s.* replace (case when m.move is not null and s.start_on <= c.as_of then least(s.end_on, c.as_of)
    else s.end_on end as end_on)
from main.sponsorship s cross join context c
left join (select distinct person_id, account_id, side, move from what_if_move where move = 'remove') m using (
    person_id, account_id, side)
union all by name
select 'what-if ' || place as sponsorship_id, account_id, person_id, side, as_of as start_on
from (from what_if_move where move <> 'leave' qualify row_number()
    over (partition by person_id, account_id, side order by place desc) = 1)
cross join context
where move = 'assign';

-- whoever is assigned in a what-if is a sponsorship, also where the file holds none
create table has_rows as
select * replace (sponsorship or exists (from what_if_move where move = 'assign') as sponsorship) from has_rows;
