insert into main.activity_kind by name from default_activity_kind anti join main.activity_kind using (kind);
drop view default_activity_kind;
