throw new Error("no adapter was found");
