await seeds.run();
return 1;
