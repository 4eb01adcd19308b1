insert into what_if_move
select place, kind, person_id, nullif(account_id, ''), nullif(side, '') from (select unnest($moves, recursive := true));
