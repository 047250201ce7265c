window.greet = () => 'hello';
