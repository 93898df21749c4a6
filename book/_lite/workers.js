// Python runs in a worker. A worker that is started from its own address has the Content-Security-Policy of that
// address's HTTP headers, and a static host sends none; one that is started from a blob has the page's policy.
const Plain = window.Worker;
window.Worker = class Worker extends Plain {
  constructor(address, options) {
    const url = new URL(address, document.baseURI);
    if (options?.type !== "module" || url.origin !== location.origin || url.protocol === "blob:") {
      super(address, options);
      return;
    }
    const blob = URL.createObjectURL(
      new Blob([`import ${JSON.stringify(url.href)};`], { type: "text/javascript" }),
    );
    super(blob, options);
  }
};
