delete from asked;
