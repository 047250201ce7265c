export default {
  async refresh() {
    await getOrders.run();
  },
  async close() {
    await closeOrder.run();
    await this.refresh();
  }
}
