import "./styles/base.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { visitOf } from "./lib/visit";

const root = document.getElementById("root");
if (root) createRoot(root).render(<App visit={visitOf(window.location.search)} />);
