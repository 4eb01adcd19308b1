-- Which accounts does an answer run over? Money over all that were chosen; everything else over those in the programme.

-- who is in the programme today: yardsticks, coverage, plans and attention know nobody else
create view programme_account as
select account_id from account where status is distinct from 'exited';
comment on view programme_account is 'every account that is in the programme today';

-- what only the programme has: of an account that left it, nothing
create macro of_programme(status, x) as case when status is distinct from 'exited' then x end;

-- the chosen accounts that are in the programme: what anything but money is counted over
create view programme_selection as
from selection semi join programme_account using (account_id);
comment on view programme_selection is
    'the chosen accounts that are in the programme: what anything but money is counted over';

-- the chosen accounts that a question about factors, sponsors, plans or attention lists: with those that left, where
-- the filter asks for them
create view listed_selection as
from selection where account_id in (from programme_account) or exists (from exited_named);
comment on view listed_selection is 'the chosen accounts that questions about anything but money list';
