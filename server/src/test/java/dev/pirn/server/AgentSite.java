package dev.pirn.server;

import java.nio.file.Path;

/// A workspace with agents on the disk, for tests.
record AgentSite(Site site) {
  static AgentSite in(Path root) {
    return new AgentSite(Site.in(root));
  }

  /// A small agent in Python, that answers every GET with a text.
  void agent(String name, String answer) {
    program(name, "answer = '" + answer + "'");
  }

  /// The same with another first line.
  void program(String name, String first) {
    site.write(
        "agents/" + name + "/main.py",
        first
            + "\n"
            + """
            import os, signal, sys
            from http.server import BaseHTTPRequestHandler, HTTPServer

            class Handler(BaseHTTPRequestHandler):
                def do_GET(self):
                    body = answer.encode()
                    self.send_response(200)
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                    print("asked for " + self.path, flush=True)

                def log_message(self, form, *values):
                    pass

            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
            print("listening as " + answer, flush=True)
            HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
            """);
  }

  /// What is said of how an agent is run.
  void definition(String name, String yaml) {
    site.write("agents/" + name + "/agent.yaml", yaml);
  }
}
