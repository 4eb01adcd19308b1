-- What do the facts say about sponsorship after the moves? The other factors stay as they are in the file.
-- What rests on those assigned is a macro: it finds the tables of the what-if before those of the file.
-- again model/06_sponsorship_at_as_of.sql
-- again model/08_contacts_at_negotiation.sql
-- again model/08_evidence_of_sponsors.sql

create view indicator as from indicator_of_sponsors union all from indicator_of_account;
create view score_evidence as from scores_with_evidence();
