insert into selection from chosen;
