-- What do the facts say about sponsorship after the moves? The other factors stay as they are in the file.
-- again model/06_sponsorship_at_as_of.sql
-- again model/06_sponsorship_gaps.sql
-- again model/08_contacts_of_leaders.sql
-- again model/08_evidence_of_sponsors.sql
-- again model/further/leaders.sql
-- again model/further/negotiations.sql

create view indicator as
from indicator_of_file where code <> 'TOP'
union all from judged_indicators('indicator_of_sponsors');
create view score_evidence as from scores_with_evidence();
