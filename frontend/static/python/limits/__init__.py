"""What Python in the browser cannot do, said in one friendly sentence each."""
